import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Dense, ordinalCategory, Sequential, Softmax, standardize, Table } from "chainrule";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { predictHandler } from "../../examples/http-server/handler.js";

const table = await new Table({
  columns: { age: standardize() },
  target: { pet: ordinalCategory({ categories: ["cat", "dog"] }) },
}).fit([
  { age: 1, pet: "cat" },
  { age: 3, pet: "dog" },
]);
const model = new Sequential([new Dense({ units: 2 }), new Softmax()], { table, seed: 1 });

let server: Server;
let address: string;
beforeAll(async () => {
  server = createServer(predictHandler(model));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function ask(body: string, path = "/predict", method = "POST") {
  const response = await fetch(address + path, method === "GET" ? {} : { method, body });
  expect(response.headers.get("content-type")).toBe("application/json");
  return { status: response.status, answer: await response.json() };
}

it("answers a row, rows, and no rows", async () => {
  const [one] = table.decode(model.predict({ age: 2 }));
  const { status, answer } = await ask('{"age": 2}');
  expect([status, answer]).toEqual([200, [{ ...one, probability: expect.any(Number) }]]);
  expect((await ask('[{"age": 2}, {"age": 4}, {"age": 8}]')).answer).toHaveLength(3);
  expect(await ask("[]")).toEqual({ status: 200, answer: [] });
});

it.each(["null", "7", '"age"', "[[1]]", "{}", '{"age": null}', '{"age": 1e400}', "{", ""])(
  "refuses %s, and says why",
  async (body) => {
    const { status, answer } = await ask(body);
    expect(status).toBe(400);
    expect((answer as { error: string }).error).toMatch(/expects .* but got/);
  },
);

it("knows one path and one method, and requests that are not too large", async () => {
  expect((await ask("{}", "/other")).status).toBe(404);
  expect((await ask("", "/predict", "GET")).status).toBe(405);
  expect((await ask(" ".repeat(2_000_000))).status).toBe(413);
  expect((await ask('{"age": 2}')).status).toBe(200);
});

it("tells nobody what is wrong inside", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const predict = vi.spyOn(model, "predict").mockImplementation(() => {
    throw new TypeError("a secret");
  });
  expect(await ask('{"age": 2}')).toEqual({ status: 500, answer: { error: "Something went wrong here." } });
  expect(log).toHaveBeenCalledOnce();
  predict.mockRestore();
  log.mockRestore();
});
