/** The fleet page while its figures are on their way, in its final size. */
export function FleetSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the stores
      </p>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="skeleton h-[82px]" />
        ))}
      </div>
      <div className="skeleton mt-3 h-[88px]" />
      <div className="skeleton mt-5 h-9 max-w-sm" />
      <div className="skeleton mt-3 h-[600px]" />
    </div>
  );
}
