/** Ways in whose senders wait for the result themselves (the CLI watches, the API is asked), so that no answer is queued. */
export const silentChannels: ReadonlySet<string> = new Set(['cli', 'upload']);
