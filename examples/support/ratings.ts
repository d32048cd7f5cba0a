import { Matrix, Random } from "chainrule";

export const users = 400;
export const items = 150;
const tastes = 3; //    that users have and items serve
const rated = 30; //    items of each user
const noise = 0.5; //   the deviation of a rating from what its user thinks in truth

const random = Random.fromSeed(1);
function normals(name: string, rows: number, columns: number, deviation: number): Matrix {
  const child = random.child(name);
  return Matrix.zeros(rows, columns).map((_, r, c) => deviation * child.normal(c, r));
}

const userScore = normals("user score", users, 1, 0.3);
const itemScore = normals("item score", items, 1, 0.4);
const agreement = normals("user taste", users, tastes, 0.7).matmul(
  normals("item taste", items, tastes, 0.7).transpose(),
);

/** What each user thinks of each item, [users × items]: about 3.5, a score of each, and how well their tastes agree. */
export const truth = agreement.map((dot, u, i) => 3.5 + userScore.at(u, 0) + itemScore.at(i, 0) + dot);

/** Made ratings, in random order: x holds [user, item], y what the user said, which is the truth and noise. */
export function makeRatings(): { x: Matrix; y: Matrix } {
  const pairs = Array.from({ length: users }, (_, user) =>
    [...random.child("rated").permutation(items, user).slice(0, rated)].map((item) => [user, item]),
  ).flat();
  const x = Matrix.from(pairs).gather(random.child("order").permutation(pairs.length));
  const errors = normals("noise", x.rows, 1, noise);
  return { x, y: errors.map((error, r) => truth.at(x.at(r, 0), x.at(r, 1)) + error) };
}
