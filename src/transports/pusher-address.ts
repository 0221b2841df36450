/** Where a server of the Pusher protocol is. */
export interface PusherAddress {
  /** Key of the app; public. */
  key: string;
  /** Host name of a server of one's own, such as Reverb or Soketi. Default: hosted Pusher, by `cluster`. */
  host?: string;
  /** Cluster of hosted Pusher. Default `mt1`. */
  cluster?: string;
  /** Default 443 with TLS; without it 8080, where Reverb listens, and 80 for hosted Pusher. */
  port?: number;
  /** Prefix of the path, such as Reverb's `REVERB_SERVER_PATH`. Default none. */
  path?: string;
  /** Whether the socket is encrypted. Default: always for hosted Pusher, else when the page is. */
  tls?: boolean;
}

/**
 * The address of a WebSocket to a server of the Pusher protocol, version 7. What a configuration leaves out, which in
 * the field is often port and scheme, has the default of the servers.
 */
export function pusherAddress({ key, host, cluster, port, path, tls }: PusherAddress): string {
  // A secure page may open no insecure socket. There is no location in Node.
  const secure = tls ?? (!host || globalThis.location?.protocol === 'https:');
  const authority = `${host || `ws-${cluster || 'mt1'}.pusher.com`}:${port || (secure ? 443 : host ? 8080 : 80)}`;
  // A prefix is written with and without slashes in the field.
  const where = [authority, path, 'app', encodeURIComponent(key)].join('/').replace(/\/+/g, '/');
  // The version is that of the client named, in a form that hosted Pusher takes; only the protocol's matters.
  return `${secure ? 'wss' : 'ws'}://${where}?protocol=7&client=js&version=1.0.0`;
}
