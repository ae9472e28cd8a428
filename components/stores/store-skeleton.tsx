/** A store's figures and chart while they are on their way, in their final size. */
export function StoreSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading store
      </p>
      <div className="grid gap-3 md:grid-cols-3">
        {["hour", "day", "week"].map((key) => (
          <div key={key} className="skeleton h-[211px]" />
        ))}
      </div>
      <div className="mt-3 grid gap-3 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <div className="skeleton h-80 lg:h-[470px]" />
        <div className="skeleton h-[470px]" />
      </div>
    </div>
  );
}
