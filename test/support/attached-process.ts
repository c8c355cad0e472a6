/** A process of its own that attaches to the engine of a data directory, says so and stays until it is ended. Started by tests. */
import { connectStore } from '../../src/store/connect.ts';
import { quiet, runtimeDir } from './store.ts';

const [dataDir = ''] = process.argv.slice(2);
const store = await connectStore({ dataDir, runtimeDir, log: quiet });
await store.connection.collection<{ _id: number }>('visits').insertOne({ _id: process.pid });
process.stdout.write(`${await store.engine?.pid()}\n`);
await new Promise((resolve) => process.stdin.once('data', resolve));
process.stdin.destroy();
await store[Symbol.asyncDispose]();
