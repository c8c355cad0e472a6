/** Resolves with the name of the first SIGINT or SIGTERM. A second one ends the process the usual way. */
export function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
  return promise;
}
