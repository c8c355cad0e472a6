import { dirname, join } from 'node:path';

/** `inbox` is watched; the other four lie beside it, on the same file system (names from seed 4). */
export function inboxFolders(inboxDir: string) {
  const beside = (name: string) => join(dirname(inboxDir), name);
  return {
    inbox: inboxDir,
    processing: beside('processing'),
    processed: beside('processed'),
    errors: beside('errors'),
    results: beside('results'),
  };
}

export type InboxFolders = ReturnType<typeof inboxFolders>;
