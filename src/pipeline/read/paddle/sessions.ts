import * as ort from 'onnxruntime-node';
import type { PaddleModels } from './models.ts';

export type Tensor = { readonly data: Float32Array; readonly dims: readonly number[] };
/** A loaded network with one input and one output. */
export type Network = { run(input: Tensor): Promise<Tensor>; close(): Promise<void> };
export type Networks = { readonly detector: Network; readonly recogniser: Network; readonly upsideDown: Network };

/** One thread a network: parallel work is one worker thread per core, which is faster than sharing a core's work. */
const sessionOptions: ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  // Remembers a plan for every width of line it has seen: 100 MB, and nothing gained.
  enableMemPattern: false,
};

export async function openNetworks(models: Omit<PaddleModels, 'alphabet'>): Promise<Networks> {
  return {
    detector: await openNetwork(models.detector),
    recogniser: await openNetwork(models.recogniser),
    upsideDown: await openNetwork(models.upsideDown),
  };
}

async function openNetwork(model: Uint8Array): Promise<Network> {
  const session = await ort.InferenceSession.create(model, sessionOptions);
  const [inputName] = session.inputNames;
  const [outputName] = session.outputNames;
  if (inputName === undefined || outputName === undefined) throw new Error('a network without input or output');
  return {
    async run({ data, dims }) {
      const results = await session.run({ [inputName]: new ort.Tensor('float32', data, dims) });
      const output = results[outputName];
      if (!(output?.data instanceof Float32Array)) throw new Error(`unexpected ${outputName} of a network`);
      return { data: output.data, dims: output.dims };
    },
    close: () => session.release(),
  };
}
