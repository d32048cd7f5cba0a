import { describe, expect, it } from "vitest";
import { Agreement, type Messages } from "../../../src/mpi/agreement.js";
import { type Call, CallPage } from "../../../src/mpi/call.js";

const sum: Call = { kind: "allReduceSum", length: 10, width: 4, root: 0 };
const page = (call: Call, place = ""): CallPage => {
  const made = new CallPage();
  made.write(call);
  made.place(place);
  return made;
};

/** Rank 0 among others whose calls are known, and what it does. */
function rankZero(others: readonly CallPage[]) {
  const waits: number[] = [];
  const sent: number[] = [];
  const messages: Messages = {
    rank: 0,
    size: others.length + 1,
    send: () => {},
    receive: (bytes, from) => bytes.set(others[from - 1].bytes),
    broadcast: (bytes) => void sent.push(bytes.length),
  };
  return { waits, sent, agreement: new Agreement(messages, (rank) => void waits.push(rank)) };
}

describe("Agreement", () => {
  it("asks rank after rank, and says whom it waits for", () => {
    const { agreement, waits, sent } = rankZero([page(sum, "step 3"), page(sum, "another word")]);
    agreement.reach(page(sum, "step 3"));
    expect(waits).toEqual([1, 2, -1]);
    expect(sent).toEqual([4]);
    expect(agreement.isOdd).toBeUndefined();
  });

  it.each<[string, Call, string]>([
    ["kind", { ...sum, kind: "barrier", length: 0, width: 0 }, "the barrier of step 4"],
    ["length", { ...sum, length: 11 }, "the all-reduce of step 4 (11 × 4 bytes)"],
    ["width", { ...sum, width: 8 }, "the all-reduce of step 4 (10 × 8 bytes)"],
    ["end", { kind: "end", length: 0, width: 0, root: 0 }, "the end of the program"],
  ])("throws where the %s is another, with both calls", (_, theirs, words) => {
    const { agreement, sent } = rankZero([page(sum), page(theirs, "step 4"), page(theirs)]);
    expect(() => agreement.reach(page(sum, "step 3"))).toThrow(
      `mpi expects every rank to make the same calls, but got the all-reduce of step 3 (10 × 4 bytes) on rank 0, and ${words} on rank 2.`,
    );
    expect(sent).toEqual([4, 120, 120]);
    expect(agreement.isOdd).toBe(true);
  });

  it("tells the others what rank 0 has found", () => {
    const answers = [
      new Uint8Array(Int32Array.of(2).buffer),
      page(sum).bytes,
      page({ ...sum, length: 1 }).bytes,
    ];
    const messages: Messages = {
      rank: 1,
      size: 3,
      send: (bytes, to) => expect([bytes.length, to]).toEqual([120, 0]),
      receive: () => {},
      broadcast: (bytes) => bytes.set(answers.shift() ?? []),
    };
    const waits: number[] = [];
    const agreement = new Agreement(messages, (rank) => void waits.push(rank));
    expect(() => agreement.reach(page(sum))).toThrow("(1 × 4 bytes) on rank 2.");
    expect(agreement.isOdd, "a rank that does what rank 0 does").toBe(false);
    expect(waits).toEqual([0, -1]);
  });

  it("compares whose data a broadcast takes", () => {
    const from = (root: number): Call => ({ kind: "broadcast", length: 3, width: 1, root });
    const { agreement } = rankZero([page(from(1))]);
    expect(() => agreement.reach(page(from(0)))).toThrow(
      "the broadcast (3 × 1 bytes from rank 0) on rank 0, and the broadcast (3 × 1 bytes from rank 1) on rank 1.",
    );
  });
});

it("writes places of any length, and letters that every terminal has", () => {
  expect(page(sum, "schritt für schritt").words).toBe("the all-reduce of schritt f?r schritt");
  expect(page(sum, "x".repeat(200)).words).toBe(`the all-reduce of ${"x".repeat(80)}`);
  expect(page(sum).words).toBe("the all-reduce");
});
