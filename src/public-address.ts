/** Where browsers find this service. A process that listens on a free port knows better than its configuration. */
export interface PublicAddress {
  /** Without a slash at the end. */
  url(): string;
  listensAt(address: string): void;
}

/** `configured` is what PUBLIC_URL says, else HOST and PORT; only port 0 is replaced by the one that was found. */
export function createPublicAddress(configured: string): PublicAddress {
  let url = configured;
  return {
    url: () => url,
    listensAt: (address) => {
      if (new URL(configured).port === '0') url = address.replace(/\/+$/, '');
    },
  };
}
