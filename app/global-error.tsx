"use client";

/** It may stand with or without the style sheet, which takes from elements how browsers show them. */
const look = {
  html: { colorScheme: "light dark", background: "Canvas", fontFamily: "system-ui, sans-serif", lineHeight: 1.5 },
  body: { margin: "15vh auto", maxWidth: "30rem", padding: "0 1rem", overflowWrap: "anywhere" },
  title: { margin: 0, fontSize: "1.25rem", fontWeight: 600 },
  text: { margin: "0.75rem 0" },
  button: { font: "inherit", border: "1px solid", borderRadius: "0.375rem", padding: "0.4rem 0.9rem" },
} as const;

/** Stands in for the whole document when even the layout failed, so it brings all it needs. */
export default function GlobalErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" style={look.html}>
      <body style={look.body}>
        <title>Something went wrong · Store Monitoring</title>
        <main>
          <h1 style={look.title}>Something went wrong</h1>
          <p style={look.text}>Try again. If it persists, contact your administrator.</p>
          {error.digest !== undefined && (
            <p style={look.text}>
              Error code <code>{error.digest}</code>
            </p>
          )}
          <button
            type="button"
            style={look.button}
            onClick={() => {
              reset();
            }}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
