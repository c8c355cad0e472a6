/** Where copies lie: a folder, or a bucket of an S3-compatible store. Keys are paths of letters, digits, `-`, `_`, `.` and `/`. */
export interface BlobStore {
  /** The copy is there, whole, when it resolves. Throws Failure `provider-unavailable` (retry). */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Null where there is none. */
  get(key: string): Promise<Buffer | null>;
  /** All keys, in any order. */
  list(): AsyncIterable<string>;
  remove(key: string): Promise<void>;
}
