import { mpi } from "chainrule/mpi";
import { describe, expect, it } from "vitest";
import { bytesOf, inPieces } from "../../../src/mpi/buffers.js";
import { secondsOf } from "../../../src/mpi/duration.js";
import { handlesOf } from "../../../src/mpi/handles.js";

describe("secondsOf", () => {
  it.each([
    [90, 90],
    [0.5, 0.5],
    ["90s", 90],
    ["10m", 600],
    ["1.5h", 5400],
  ])("%j is %d seconds", (given, seconds) => expect(secondsOf("mpi", "timeout", given)).toBe(seconds));

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, "0s", "10", "10 minutes", "m", "", null, true, {}])(
    "refuses %j",
    (given) =>
      expect(() => secondsOf("mpi", "timeout", given)).toThrow(
        'mpi expects `timeout` to be seconds above 0, or a text such as "90s", "10m" or "2h", but got ',
      ),
  );
});

describe("handlesOf", () => {
  const openMpi = new Map(
    [
      ...["ompi_mpi_comm_world", "ompi_mpi_float", "ompi_mpi_double", "ompi_mpi_byte"],
      ...["ompi_mpi_op_sum", "ompi_mpi_errors_return"],
    ].map((name, i) => [name, BigInt(4096 + i)]),
  );

  it("takes addresses from Open MPI", () => {
    const handles = handlesOf("libmpi.so", (name) => openMpi.get(name));
    expect(handles).toMatchObject({ family: "Open MPI", world: 4096n, float32: 4097n, sum: 4100n });
  });

  it("says what an Open MPI lacks", () => {
    const some = (name: string) => (name === "ompi_mpi_byte" ? undefined : openMpi.get(name));
    expect(() => handlesOf("libmpi.so.99", some)).toThrow(
      "mpi expects libmpi.so.99 to export what Open MPI does, but got no ompi_mpi_byte.",
    );
  });

  it("knows the numbers of the others", () => {
    expect(handlesOf("libmpi.so.12", () => undefined)).toMatchObject({ family: "MPICH", inPlace: -1 });
    expect(handlesOf("/opt/lib/libmpi_abi.so.0", () => undefined)).toMatchObject({ world: 0x101 });
  });
});

describe("pieces", () => {
  it("cover all numbers once, in place", () => {
    const numbers = Float32Array.from({ length: 10 }, (_, i) => i);
    const lengths: number[] = [];
    inPieces(
      numbers.subarray(1),
      (piece) => {
        lengths.push(piece.length);
        piece.fill(7);
      },
      4,
    );
    expect(lengths).toEqual([4, 4, 1]);
    expect([...numbers]).toEqual([0, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
  });

  it("are of the same bytes", () => {
    const bytes = bytesOf(new Float64Array(5).subarray(2, 4));
    expect([bytes.byteOffset, bytes.length]).toEqual([16, 16]);
  });
});

describe("mpi, alone", () => {
  it("gives the same world each time", async () => {
    const world = await mpi({ timeout: 1, deterministic: false });
    expect([world.rank, world.size, await mpi()]).toEqual([0, 1, world]);
    const numbers = Float32Array.of(1, 2);
    world.allReduceSum(numbers);
    world.broadcast(numbers, 0);
    world.barrier();
    expect([...numbers]).toEqual([1, 2]);
  });

  it.each([
    [{ timeout: "soon" }, "mpi expects `timeout` to be seconds above 0"],
    [{ deterministic: 1 }, "mpi expects `deterministic` to be true or false, but got 1."],
    [{ library: 40 }, "mpi expects `library` to be a text, but got 40."],
    [{ timeOut: 3 }, 'Did you mean "timeout"?'],
  ])("refuses %j", async (options, message) => {
    await expect(mpi(options as object)).rejects.toThrow(message);
  });

  it("checks what it is given as many processes would", async () => {
    const world = await mpi();
    expect(() => world.allReduceSum([1] as unknown as Float32Array)).toThrow("but got an array of 1.");
    expect(() => world.broadcast(new Uint8Array(1), 1)).toThrow("a rank from 0 to 0, but got 1.");
  });
});
