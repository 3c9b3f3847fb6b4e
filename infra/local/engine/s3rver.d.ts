/** The package has no types of its own; this is the part of it that the local runner uses. */
declare module 's3rver' {
  export interface Settings {
    address: string;
    port: number;
    silent: boolean;
    directory: string;
    vhostBuckets: boolean;
    configureBuckets: readonly { name: string }[];
  }
  export default class S3rver {
    constructor(settings: Settings);
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
    readonly httpServer: import('node:http').Server;
  }
}

declare module 's3rver/lib/models/account.js' {
  export const DUMMY_ACCOUNT: {
    /** Lets requests in that are signed with this key; a second key stands beside the first. */
    createKeyPair(accessKeyId: string, secretAccessKey: string): void;
  };
}
