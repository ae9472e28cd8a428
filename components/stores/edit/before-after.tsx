import clsx from "clsx";

interface BeforeAfterProps {
  readonly caption: string;
  readonly rows: readonly { readonly word: string; readonly before: string; readonly after: string }[];
  /** Whether other figures are on their way. */
  readonly isUpdating?: boolean;
}

/** Figures as they are and as a change would make them. */
export function BeforeAfter({ caption, rows, isUpdating = false }: BeforeAfterProps) {
  return (
    <table aria-busy={isUpdating} className={clsx("mt-1 w-full max-w-sm border-collapse", isUpdating && "opacity-60")}>
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted text-xs">
        <tr>
          <td />
          <th scope="col" className="h-7 text-right font-medium">
            Now
          </th>
          <th scope="col" className="h-7 text-right font-medium">
            After saving
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ word, before, after }) => (
          <tr key={word} className="border-line border-t">
            <th scope="row" className="h-7 text-left font-normal">
              {word}
            </th>
            <td className="text-right">{before}</td>
            <td className="text-right font-medium">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
