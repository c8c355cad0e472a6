import { Gauge, type Registry } from 'prom-client';
import type { ProviderMeter, ProviderMetrics } from './provider-metrics.ts';

const measures: readonly (readonly [name: string, help: string, of: (counted: ProviderMetrics) => number])[] = [
  ['requests_total', 'Requests to a provider outside', ({ requests }) => requests],
  ['failures_total', 'Requests that a provider outside failed', ({ failures }) => failures],
  ['refused_total', 'Requests not made because the provider is known to be down', ({ refused }) => refused],
  ['cache_hits_total', 'Answers of a provider that were at hand already', ({ cacheHits }) => cacheHits],
  ['seconds_total', 'Time spent waiting for a provider', ({ totalMs }) => totalMs / 1_000],
  ['slowest_seconds', 'Slowest answer of a provider since the start', ({ maxMs }) => maxMs / 1_000],
];

/** Shows what a meter counted, by provider, whenever somebody asks the registry. */
export function registerProviderMetrics(registry: Registry, meter: ProviderMeter): void {
  for (const [name, help, of] of measures) {
    new Gauge({
      name: `recibot_provider_${name}`,
      help,
      labelNames: ['provider'],
      registers: [registry],
      collect() {
        this.reset();
        for (const counted of meter.snapshot()) this.set({ provider: counted.provider }, of(counted));
      },
    });
  }
}
