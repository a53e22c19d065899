/**
 * A child of the agent's probe: works for as many rounds as it is told, and says how long that took, in milliseconds.
 */
process.on("message", (rounds) => {
  const start = performance.now();
  let total = 0;
  for (let round = 0; round < Number(rounds); round++) total += round % 7;
  process.send?.({ took: performance.now() - start, total });
});
process.send?.({ ready: true });
