import { useEffect, useState } from "react";

const settledMs = 400;

/** The last text that has stopped changing, so that typing asks for nothing. @param text null while it is incomplete */
export function useSettled(text: string | null): string | null {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      setSettled(text);
    }, settledMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return settled;
}
