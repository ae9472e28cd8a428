"use client";

/** Stands in for the whole document when even the layout failed, so it brings all it needs. */
export default function GlobalErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" style={{ colorScheme: "light dark", fontFamily: "system-ui, sans-serif" }}>
      <body style={{ margin: "15vh auto", maxWidth: "30rem", padding: "0 1rem" }}>
        <title>Something went wrong · Store Monitoring</title>
        <h1 style={{ fontSize: "1.25rem" }}>Something went wrong on our side</h1>
        <p>Nothing is lost. Try again; if it stays, ask whoever runs this server.</p>
        {error.digest !== undefined && (
          <p>
            Error <code>{error.digest}</code>
          </p>
        )}
        <button
          type="button"
          onClick={() => {
            reset();
          }}
        >
          Try again
        </button>
      </body>
    </html>
  );
}
