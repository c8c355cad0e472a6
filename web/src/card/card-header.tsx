import {
  IconAlertTriangle,
  IconBuildingBank,
  IconCheck,
  IconCircleX,
  IconCopyCheck,
  IconFileInvoice,
  IconFileUnknown,
  IconMail,
  IconReceipt,
} from '@tabler/icons-react';
import type { DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import type { DocumentKind } from '../../../src/domain/document.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';

const kindIcons: Record<DocumentKind, typeof IconReceipt> = {
  receipt: IconReceipt,
  payment_proof: IconBuildingBank,
  e_invoice: IconFileInvoice,
  bank_email: IconMail,
  other: IconFileUnknown,
};

/** What kind of document it is and how it ended. */
export function CardHeader({ document, kind }: { document: DocumentEntry; kind: DocumentKind | null }) {
  const { texts, card } = useWords();
  const Icon = kindIcons[kind ?? 'other'];
  const seconds = (document.result.ms / 1000).toLocaleString(texts.locale, { maximumFractionDigits: 1 });
  return (
    <header className={classes.header}>
      <span className={classes.headerKind}>
        <Icon size={17} aria-hidden />
        {texts.kinds[kind ?? 'other']}
      </span>
      <span className={classes.headerRight}>
        {document.result.stage !== 'DUPLICATE' && <span>{card.inSeconds(seconds)}</span>}
        <StatusBadge document={document} />
      </span>
    </header>
  );
}

function StatusBadge({ document }: { document: DocumentEntry }) {
  const { status } = useWords();
  switch (document.result.stage) {
    case 'COMPLETED':
      return <Badge tone="good" icon={IconCheck} text={status.done} />;
    case 'DUPLICATE':
      return <Badge tone="calm" icon={IconCopyCheck} text={status.duplicate} />;
    case 'FAILED':
      return <Badge tone="bad" icon={IconCircleX} text={status.failed} />;
    default:
      return <Badge tone="warn" icon={IconAlertTriangle} text={status.review} />;
  }
}

function Badge({ tone, icon: Icon, text }: { tone: string; icon: typeof IconCheck; text: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={15} aria-hidden />
      {text}
    </span>
  );
}
