/** A number for people, with 4 significant digits: `0.3124`, `12,345`, `1.2e-5`, `–` where there is none. */
export function numberText(x: number | null | undefined): string {
  if (x === null || x === undefined || Number.isNaN(x)) return "–";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  if (x === 0) return "0";
  if (size < 1e-3 || size >= 1e9) return x.toExponential(2).replace(/\.?0+e/, "e");
  if (size >= 1000) return String(Math.round(x)).replace(/\B(?=(\d{3})+$)/g, ",");
  return Number.isInteger(x) ? String(x) : x.toPrecision(4);
}

/** 0.05 → `50 ms`, 3.01 → `3.0 s`, 125 → `2 min 5 s`, 7300 → `2 h 1 min` */
export function secondsText(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 0.12345 → `12.3 %`; a little is not nothing, and nearly all is not all. It stays on one line. */
export function percentText(share: number): string {
  if (Number.isNaN(share)) return "–";
  if (share <= 0 || share >= 1) return share <= 0 ? "0\u00a0%" : "100\u00a0%";
  if (share < 0.001) return "<\u00a00.1\u00a0%";
  return share > 0.999 ? ">\u00a099.9\u00a0%" : `${(100 * share).toFixed(1)}\u00a0%`;
}
