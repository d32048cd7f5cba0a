/** Asks what the digit truly is: the loss and the way back depend on it. */
export function Labels(props: { label: number; known: number | undefined; choose(label: number): void }) {
  const { label, known, choose } = props;
  return (
    <fieldset class="labels">
      <legend>
        True label{" "}
        <span class="soft">
          {known === undefined
            ? "(nobody has said: choose)"
            : label === known
              ? "(as in the data)"
              : "(your choice)"}
        </span>
      </legend>
      {Array.from({ length: 10 }, (_, digit) => (
        <label key={digit}>
          <input type="radio" name="true-label" checked={digit === label} onChange={() => choose(digit)} />
          <span>{digit}</span>
        </label>
      ))}
    </fieldset>
  );
}
