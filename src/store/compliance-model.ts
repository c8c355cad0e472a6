import mongoose, { type Connection, type Model } from 'mongoose';
import { AuthorityName, ComplianceStatus } from '../domain/compliance.ts';
import { ComplianceRecord } from './compliance-records.ts';

export type ComplianceDocument = Omit<ComplianceRecord, 'id'> & { _id: string };

export function toRecord({ _id, ...rest }: ComplianceDocument): ComplianceRecord {
  return ComplianceRecord.parse({ id: _id, ...rest });
}

export function complianceModel(connection: Connection): Model<ComplianceDocument> {
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<ComplianceDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      authority: { type: String, enum: AuthorityName.options, required: true },
      question: { type: Mixed, required: true },
      ticketId: { type: String, required: true },
      chat: { type: Mixed, required: true },
      file: { type: Mixed, required: true },
      label: { type: String, default: '' },
      status: { type: String, enum: ComplianceStatus.options, required: true },
      verdict: { type: String, default: null },
      answer: { type: String, default: null },
      isEfosListed: { type: Boolean, default: null },
      cancellable: { type: String, default: null },
      checkedAt: { type: Date, default: null },
      nextAt: { type: Date, default: null },
      tries: { type: Number, default: 0 },
      misses: { type: Number, default: 0 },
      rechecks: { type: Number, default: 0 },
      isUntold: { type: Boolean, default: false },
      backup: { type: String, default: null },
      history: { type: Mixed, default: [] },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    } as mongoose.SchemaDefinition<ComplianceDocument>, // mongoose cannot tell what lies in Mixed; zod checks it when read
    { collection: 'compliance', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ authority: 1, nextAt: 1 });
  schema.index({ companyId: 1, ticketId: 1 });
  schema.index({ isUntold: 1, verdict: 1 });
  schema.index({ status: 1, updatedAt: 1 });
  return connection.model<ComplianceDocument>('Compliance', schema);
}
