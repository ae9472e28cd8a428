// Imported before a process of the product: at SIGUSR2 it frees all memory that it can, so that what remains is in use.
process.on("SIGUSR2", () => globalThis.gc?.());
