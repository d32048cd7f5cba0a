import type { IncomingMessage, RequestListener } from "node:http";
import { ChainruleError, type Sequential } from "chainrule";

/** The most bytes that a request may have. */
const LARGEST = 1_000_000;

/** What is answered instead of a prediction. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Answers `POST /predict`, a row of JSON or an array of rows, by a prediction for each. What the model's table cannot
 * read is refused with status 400 and the reason.
 */
export function predictHandler(model: Sequential): RequestListener {
  const { table } = model.options;
  if (table === undefined)
    throw new Error("predictHandler expects a model with a table, but got one without.");

  async function predict(request: IncomingMessage): Promise<unknown> {
    if (request.url !== "/predict") throw new Refusal(404, "There is /predict, and nothing else.");
    if (request.method !== "POST") throw new Refusal(405, "Send rows by POST.");
    const outputs = model.predict(parsed(await bodyOf(request)));
    const probabilities = outputs.toArray().map((row) => Math.max(...row));
    return table?.decode(outputs).map((row, i) => ({ ...row, probability: round(probabilities[i]) }));
  }

  return async (request, response) => {
    let [status, answer]: [number, unknown] = [200, undefined];
    try {
      answer = await predict(request);
    } catch (error) {
      const { message } = error as Error;
      status = statusOf(error);
      if (status === 500) console.error(error); // which is for us, and not for who asked
      answer = { error: status === 500 ? "Something went wrong here." : message };
    }
    response.setHeader("content-type", "application/json");
    if (status === 405) response.setHeader("allow", "POST");
    if (status === 413) response.setHeader("connection", "close"); // the rest is not wanted
    response.writeHead(status).end(`${JSON.stringify(answer)}\n`);
  };
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  return error instanceof ChainruleError ? 400 : 500;
}

function parsed(body: string) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, "A request expects JSON, but got something else.");
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  // Left open on the way out: the refusal goes through the same connection.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new Refusal(413, `A request may have ${LARGEST} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

const round = (share: number) => Math.round(1000 * share) / 1000;
