// What set-up says: one tidy line a step, Spanish first, English beside it.

const isTerminal = Boolean(process.stderr.isTTY);
const wide = (text) => `${text.es} · ${text.en}`;

export function say(text = '') {
  process.stderr.write(`${text}\n`);
}

export function header(mode) {
  const goal = mode === 'test' ? { es: 'las pruebas', en: 'the tests' } : { es: 'Recibot', en: 'Recibot' };
  say(`Preparando ${goal.es} (solo la primera vez tarda) · Setting up ${goal.en} (slow the first time only)`);
}

/** Shows that a step is under way, with its seconds on a terminal. Returns how to end that. */
export function ticking(title) {
  if (!isTerminal) {
    say(`… ${wide(title)}`);
    return () => undefined;
  }
  const startedAt = Date.now();
  const draw = () => {
    const line = `… ${wide(title)} ${Math.round((Date.now() - startedAt) / 1000)} s`;
    process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns ?? 120) - 1)}`);
  };
  draw();
  const timer = setInterval(draw, 500);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  };
}

export function stepDone(title, ms) {
  say(`✔ ${wide(title)} (${(ms / 1000).toFixed(1)} s)`);
}

export function stepFailed(title, error) {
  say(`✖ ${wide(title)}\n${indented(error)}`);
}

/** Loud: tests that need it will not run, and nobody should take that for green. */
export function skipped(title, error) {
  const bar = '!'.repeat(78);
  say(`${bar}\n! FALTA · MISSING: ${wide(title)}`);
  say('! Las pruebas que lo necesitan se omitirán · The tests that need it will be skipped');
  say(`${indented(error)}\n${bar}`);
}

function indented(error) {
  const text = error.remedy ? `${error.message}\n${error.remedy}` : String(error.stack ?? error);
  return text.replace(/^/gm, '  ');
}
