import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** One more is done. */
  step: () => void;
  /** Lets `print` write without tearing the bar. */
  aside: (print: () => void) => void;
  end: () => void;
}

/** A bar on standard error where a person watches it; nothing where it goes to a file or another program. */
export function showProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => undefined, aside: (print) => print(), end: () => undefined };
  const format = ' {bar} {value}/{total}  {duration_formatted} · faltan/left {eta_formatted}';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    step: () => bar.increment(),
    aside: (print) => {
      process.stderr.write('\r\u001b[K');
      print();
      bar.render();
    },
    end: () => bar.stop(),
  };
}
