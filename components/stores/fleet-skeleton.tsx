/** The fleet page while its figures are on their way, in its final size. @param says why, where it may take longer */
export function FleetSkeleton({ says }: { says?: string }) {
  return (
    <div aria-busy="true">
      <p role="status" className={says === undefined ? "sr-only" : "text-muted mb-3"}>
        {says ?? "Loading stores"}
      </p>
      <div className="grid grid-cols-2 gap-2 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="skeleton h-10" />
        ))}
      </div>
      <div className="skeleton mt-3 h-9 max-w-sm" />
      <div className="skeleton mt-3 h-9 max-sm:h-32" />
      <div className="skeleton mt-3 h-[600px]" />
      <div className="mt-5 grid gap-3 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <div className="skeleton h-[280px]" />
        <div className="skeleton h-[280px] max-lg:h-[350px]" />
      </div>
    </div>
  );
}
