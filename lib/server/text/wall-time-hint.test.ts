import { expect, it } from "vitest";
import { dayHint } from "./day-hint";
import { wallTimeHint } from "./wall-time-hint";

const separate =
  "write start and end in separate fields, in local time without a zone; a second opening of the day is a row of its own";

it.each([
  ["9-5", separate],
  ["9am-5pm", separate],
  ["9 to 5", separate],
  ["09:00–12:00, 13:00–17:00", separate],
  ["9h00", "write 09:00"],
  ["9 heures", "write 09:00"],
  ["18 Uhr 30", "write 18:30"],
  ["0900hrs", "write 09:00"],
  ["09.00", "write the time with colons, such as 09:00"],
  ["9'30", "write the time with colons, such as 09:30"],
  ["09-30", "write the time with colons, such as 09:30"],
  ["9,30", "write the time with colons, such as 09:30"],
  ["9p", "write the time on the 24-hour clock: 21:00"],
  ["9:00pm", "write the time on the 24-hour clock: 21:00"],
  ["12 midnight", "write 24:00"],
  ["12 noon", "write 12:00"],
  ["24h", "write 00:00 as the start and 24:00 as the end"],
  ["0,375", "this is a spreadsheet's fraction of a day; format the column as a time, here 09:00"],
  ["0.5", "this is a spreadsheet's fraction of a day; format the column as a time, here 12:00"],
  ["0.75", "this is a spreadsheet's fraction of a day; format the column as a time, here 18:00"],
  ["0.25", "write 00:25, or 06:00 if a spreadsheet wrote it as a fraction of a day"],
  ["1.0", "this is a spreadsheet's fraction of a day; format the column as a time, here 24:00"],
  ["32400", "write hours and minutes, not seconds, here 09:00"],
  ["９：００", "write it in plain digits without special spaces: 09:00"],
  ["\u00a009:00", "write it in plain digits without special spaces: 09:00"],
  ["٠٩:٠٠", "write the time in the digits 0 to 9, such as 09:00"],
  ["T09:00", "write only the time, such as 09:00"],
  ["1/0/1900 9:00", "write only the time, such as 09:00"],
  ["09:00Z", "write the store's local time without a zone"],
  ["09:00 CET", "write the store's local time without a zone"],
  ["fermé", "to close the day, write closed"],
  ["till late", "write the closing time, such as 17:00"],
  ["sunset", "write the closing time, such as 17:00"],
  ["Mon", undefined],
  ["am", undefined],
])("says what to write instead of the time %j", (text, hint) => {
  expect(wallTimeHint(text, "end")).toBe(hint);
});

it.each([
  ["Mon", "write 0 for Monday"],
  ["Montag", "write 0 for Monday"],
  ["mercredi", "write 2 for Wednesday"],
  ["So", "write 6 for Sunday"],
  ["Mi", "write 2 for Wednesday"],
  ["Do", undefined],
  ["Mon-Fri", "write a row for each day, with 0 for Monday to 6 for Sunday"],
  ["0-4", "write a row for each day, with 0 for Monday to 6 for Sunday"],
  ["daily", "write a row for each day, with 0 for Monday to 6 for Sunday"],
  ["1,0", "write 1"],
  ["０", "write it as a plain digit: 0"],
  ["8", undefined],
  ["-1", undefined],
  ["M", undefined],
])("says what to write instead of the day %j", (text, hint) => {
  expect(dayHint(text)).toBe(hint);
});
