export function bundleReportPage(): Promise<{
  readonly reportScript: string;
  readonly reportStyle: string;
  readonly version: string;
}>;
export function moduleOf(texts: Readonly<Record<string, string>>): string;
