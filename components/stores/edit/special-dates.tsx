import { DateWords } from "@/components/ui/date-words";
import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { useTimeStyle } from "@/components/ui/reader";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { ScheduleException } from "@/lib/contract/store-edit";
import { dateText } from "@/lib/format/time-style";
import { exceptionText } from "@/components/stores/hours-text";
import { dateBeside, editDateId } from "./special-date";
import { useReadExceptions } from "./use-read-exceptions";

interface SpecialDatesProps {
  readonly storeId: string;
  readonly exceptions: readonly ScheduleException[];
  readonly onEdit: (exception: ScheduleException) => void;
  /**
   * @param beside the date whose row is beside the removed one; null: there is none
   * @param hadFocus whether the removed row had the focus
   */
  readonly onRemoved: (beside: string | null, hadFocus: boolean) => void;
}

/** The dates with special hours, each to be edited or removed. */
export function SpecialDates({ storeId, exceptions, onEdit, onRemoved }: SpecialDatesProps) {
  const style = useTimeStyle();
  const readAgain = useReadExceptions(storeId);
  const remove = useMutation({ ...storeEditQueries.removeException(storeId), onSettled: readAgain });
  if (exceptions.length === 0) return <p className="text-muted">No date has special hours.</p>;
  const texts = exceptionText(exceptions, style);
  const dates = exceptions.map(({ date }) => date);
  return (
    <>
      {remove.error && <FormError>{remove.error.message}</FormError>}
      <ul className="divide-line divide-y">
        {exceptions.map((exception, index) => {
          const { date, calendar } = exception;
          const name = dateText("fullDate", new Date(`${date}T00:00:00Z`), style);
          return (
            <li key={date} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <span>
                <span className="font-medium">
                  <DateWords>{name}</DateWords>
                </span>
                <span className="text-muted block">{texts[index]?.hours.join(", ")}</span>
                {calendar !== undefined && (
                  <span className="text-muted wrap-break-word block">
                    From calendar {calendar.calendar}: {calendar.name}
                  </span>
                )}
              </span>
              <span className="flex gap-2">
                <Button
                  id={editDateId(date)}
                  onClick={() => {
                    onEdit(exception);
                  }}
                >
                  Edit
                  <span className="sr-only">
                    {" "}
                    <DateWords>{name}</DateWords>
                  </span>
                </Button>
                {calendar === undefined && (
                  <Button
                    aria-disabled={remove.isPending}
                    onClick={({ currentTarget: button }) => {
                      if (remove.isPending) return;
                      remove.mutate(date, {
                        onSuccess: () => {
                          const { activeElement, body } = document;
                          onRemoved(dateBeside(dates, date), activeElement === button || activeElement === body);
                        },
                      });
                    }}
                  >
                    Remove
                    <span className="sr-only">
                      {" "}
                      <DateWords>{name}</DateWords>
                    </span>
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
