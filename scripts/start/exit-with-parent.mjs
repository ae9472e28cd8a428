// Loaded into a program that is not ours: it ends when the process that started it does. What it starts in turn must
// not load this, or it would end while it waits for work.
process.execArgv = [];
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
