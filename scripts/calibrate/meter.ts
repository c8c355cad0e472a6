import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { openSharpImage } from '../../src/pipeline/read/image/sharp-image.ts';
import { detectText } from '../../src/pipeline/read/paddle/detect.ts';
import { preparedModels, shippedModels } from '../../src/pipeline/read/paddle/models.ts';
import { orderCorners } from '../../src/pipeline/read/paddle/orientation.ts';
import { parseModel, writeModel } from '../../src/pipeline/read/paddle/prepare/model-file.ts';
import {
  beforeHardSwish,
  type Choice,
  joining,
  rangesWanted,
} from '../../src/pipeline/read/paddle/prepare/quantise.ts';
import type { PackedRanges } from '../../src/pipeline/read/paddle/prepare/ranges.ts';
import { createRecogniser } from '../../src/pipeline/read/paddle/recognise.ts';
import type { Network, Tensor } from '../../src/pipeline/read/paddle/sessions.ts';

const searchedSide = 960;
/** Lines of a page that are measured: more of one page says little more. */
const linesAPage = 10;

type Limits = Map<string, { readonly low: Float32Array; readonly high: Float32Array }>;

/** Runs the networks on pages and notes the least and the greatest number of each channel of each value that is to be quantised. */
export async function createMeter() {
  const models = await preparedModels(await shippedModels(), join(tmpdir(), 'recibot-calibration'));
  const detector = await openMetered(models.detector, joining);
  const recogniser = await openMetered(models.recogniser, beforeHardSwish);
  const { recognise } = createRecogniser(recogniser, models.alphabet);
  return {
    async measure(png: Buffer): Promise<void> {
      const source = await openSharpImage(png);
      const page = await source.page(0);
      if (page.kind !== 'image') throw new Error('a picture without a picture');
      const quads = orderCorners(await detectText(detector, page.image.raster, searchedSide));
      const every = Math.max(1, Math.ceil(quads.length / linesAPage));
      await recognise(
        page.image.raster,
        quads.filter((_, index) => index % every === 0),
      );
    },
    ranges: (): PackedRanges => ({ detector: packed(detector.limits), recogniser: packed(recogniser.limits) }),
    close: () => Promise.all([detector.close(), recogniser.close()]),
  };
}

async function openMetered(file: Uint8Array, choose: Choice): Promise<Network & { limits: Limits }> {
  const model = parseModel(file);
  const wanted = rangesWanted(model.graph, choose);
  const outputs = [...model.graph.outputs, ...wanted];
  const session = await ort.InferenceSession.create(writeModel({ ...model, graph: { ...model.graph, outputs } }));
  const limits: Limits = new Map();
  return {
    limits,
    async run({ data, dims }) {
      const results = await session.run({ [session.inputNames[0] ?? '']: new ort.Tensor('float32', data, dims) });
      for (const name of wanted) note(limits, name, tensorOf(results[name]));
      return tensorOf(results[model.graph.outputs[0] ?? '']);
    },
    close: () => session.release(),
  };
}

function tensorOf(value: ort.OnnxValue | undefined): Tensor {
  if (!(value?.data instanceof Float32Array)) throw new Error('a value that is not of floats');
  return { data: value.data, dims: value.dims };
}

function note(limits: Limits, name: string, { data, dims }: Tensor): void {
  const [, channels = 0, height = 0, width = 0] = dims;
  const { low, high } = limits.get(name) ?? {
    low: new Float32Array(channels).fill(Infinity),
    high: new Float32Array(channels).fill(-Infinity),
  };
  limits.set(name, { low, high });
  for (let channel = 0; channel < channels; channel++) {
    const plane = data.subarray(channel * height * width, (channel + 1) * height * width);
    low[channel] = plane.reduce((least, value) => Math.min(least, value), low[channel] ?? 0);
    high[channel] = plane.reduce((most, value) => Math.max(most, value), high[channel] ?? 0);
  }
}

function packed(limits: Limits): PackedRanges['detector'] {
  const base64 = (values: Float32Array) => Buffer.from(values.buffer).toString('base64');
  return Object.fromEntries(
    [...limits].map(([name, { low, high }]) => [name, { low: base64(low), high: base64(high) }]),
  );
}
