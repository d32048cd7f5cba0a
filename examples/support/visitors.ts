import { Random } from "chainrule";

const weekdays = [0.8, 0.7, 0.8, 0.8, 1, 1.7, 1.6]; // Monday to Sunday
const memory = 0.8; //                                 of the weather, from one day to the next
const random = Random.fromSeed(1);

/** What one expects of day t: more in summer, and most at its weekends. */
const expected = (t: number) => (300 - 150 * Math.cos((2 * Math.PI * t) / 365)) * weekdays[t % 7];

/** Made: how many people come to a bath, day by day. Good weather brings more of them, and stays for some days. */
export function makeVisitors(days: number): {
  visitors: number[];
  best: (from: number, ahead: number) => number;
} {
  const weather: number[] = [];
  for (let t = 0; t < days; t++) weather.push(memory * (weather[t - 1] ?? 0) + 25 * random.normal(t));
  const visitors = weather.map((more, t) => Math.max(0, Math.round(expected(t) + more)));
  /** What who knows all this would say on the evening of day `from` of the day that is so many days ahead. */
  const best = (from: number, ahead: number) => expected(from + ahead) + memory ** ahead * weather[from];
  return { visitors, best };
}
