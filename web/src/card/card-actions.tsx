import { Button, CopyButton } from '@mantine/core';
import {
  IconBuildingStore,
  IconCheck,
  IconCircleCheck,
  IconCopy,
  IconExternalLink,
  IconFileDownload,
  IconPencil,
  IconReceipt,
} from '@tabler/icons-react';
import { mayInvoice, merchantsToChoose } from '../../../src/channels/document-buttons.ts';
import type { DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { useWords } from '../i18n/use-words.tsx';
import { fileUrl, invoiceFileUrl } from '../net/api.ts';
import classes from './answer-card.module.css';
import { plainText, type ResultView } from './result-view.ts';

export interface CardActionsProps {
  view: ResultView;
  document: DocumentEntry;
  isReview: boolean;
  onPress(label: string, data: string): void;
}

export function CardActions({ view, document, isReview, onPress }: CardActionsProps) {
  const { card } = useWords();
  const { stage } = document.result;
  const canCorrect = stage === 'COMPLETED' || stage === 'HUMAN_REVIEW';
  const named = view.title ?? document.file.name;
  const hasData = view.amount !== null || view.rows.length > 0;
  return (
    <div className={classes.actions}>
      {merchantsToChoose(document.result).map((name, place) => (
        <Button
          key={name}
          size="xs"
          variant="light"
          leftSection={<IconBuildingStore size={15} aria-hidden />}
          onClick={() => onPress(name, `mer:${document.id}:${place}`)}
        >
          {name}
        </Button>
      ))}
      {isReview && (
        <Button
          size="xs"
          leftSection={<IconCircleCheck size={16} aria-hidden />}
          onClick={() => onPress(`${card.confirm} · ${named}`, `cmd:confirm:${document.id}`)}
        >
          {card.confirm}
        </Button>
      )}
      {mayInvoice(document.result) && (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconReceipt size={15} aria-hidden />}
          onClick={() => onPress(`${card.invoice} · ${named}`, `cmd:invoice:${document.id}`)}
        >
          {card.invoice}
        </Button>
      )}
      {canCorrect && (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPencil size={15} aria-hidden />}
          onClick={() => onPress(`${card.correct} · ${named}`, `cmd:fix:${document.id}`)}
        >
          {card.correct}
        </Button>
      )}
      {document.result.invoiceFiles?.map(({ sha256, name }) => (
        <Button
          key={sha256}
          component="a"
          href={invoiceFileUrl(document.id, sha256)}
          download={name}
          size="xs"
          leftSection={<IconFileDownload size={15} aria-hidden />}
        >
          {name}
        </Button>
      ))}
      {hasData && (
        <CopyButton value={plainText(view)}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
              onClick={copy}
            >
              {copied ? card.copied : card.copy}
            </Button>
          )}
        </CopyButton>
      )}
      <Button
        component="a"
        href={fileUrl(document.id)}
        target="_blank"
        rel="noreferrer"
        size="xs"
        variant="default"
        leftSection={<IconExternalLink size={15} aria-hidden />}
      >
        {card.original}
      </Button>
    </div>
  );
}
