/** A store's page while its figures are on their way, in its final size. */
export function StoreSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading the store
      </p>
      <div className="skeleton mt-6 h-7 w-80 max-w-full" />
      <div className="skeleton mt-2 mb-5 h-5 w-96 max-w-full" />
      <div className="grid gap-3 md:grid-cols-3">
        {["hour", "day", "week"].map((key) => (
          <div key={key} className="skeleton h-[211px]" />
        ))}
      </div>
      <div className="mt-3 grid gap-3 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="skeleton h-[410px]" />
        <div className="skeleton h-[410px]" />
      </div>
    </div>
  );
}
