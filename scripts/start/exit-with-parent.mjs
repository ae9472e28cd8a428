// Preloaded into programs of others: ends them when the process that started them ends. Their child processes must not
// load this, or they would end while they wait for work.
process.execArgv = [];
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
