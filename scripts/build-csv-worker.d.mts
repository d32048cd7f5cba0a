export function bundleCsvWorker(): Promise<string>;
