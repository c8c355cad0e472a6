import type { LabelKind } from './label-table.ts';
import type { Segment } from './segments.ts';

/** What a label of both parties means in the payer's section. */
const ofPayer: Readonly<Partial<Record<LabelKind, LabelKind>>> = {
  cuenta: 'cuentaOrigen',
  cedula: 'cedulaOrigen',
  fiscal: 'none',
  banco: 'bancoOrigen',
  telefono: 'telefonoOrigen',
};
const paidLabels: ReadonlySet<LabelKind> = new Set(['beneficiario', 'destino', 'cuentaDestino', 'bancoDestino']);

/**
 * Proofs with a section for each party (`De … CVU … Para … CVU …`): the labels below the payer's name are the payer's.
 * Only where the paid one is named after it; otherwise nothing says where the payer's section ends.
 */
export function withSections(segments: readonly Segment[]): readonly Segment[] {
  const payer = segments.findIndex((segment) => segment.label === 'ordenante');
  if (payer < 0) return segments;
  const end = segments.findIndex(
    (segment, index) => index > payer && segment.label !== null && paidLabels.has(segment.label),
  );
  if (end < 0) return segments;
  return segments.map((segment, index) => {
    const label = segment.label && index > payer && index < end ? ofPayer[segment.label] : undefined;
    return label ? { ...segment, label } : segment;
  });
}
