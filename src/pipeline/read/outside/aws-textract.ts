import type { TextractClient } from '@aws-sdk/client-textract';
import { type AwsTextractSettings, type OutsideRecogniser, type RecognisedPage, Refusal } from './recogniser.ts';
import { textractLines } from './textract-answer.ts';

/** What Textract says about a document, not about itself. https://docs.aws.amazon.com/textract/latest/dg/API_DetectDocumentText.html */
const refusals: ReadonlySet<string> = new Set([
  'BadDocumentException',
  'DocumentTooLargeException',
  'UnsupportedDocumentException',
  'InvalidParameterException',
]);

/** Amazon Textract, `DetectDocumentText`, a page a call; first tier 1.50 USD a thousand. The SDK is loaded when it is first asked. */
export function createAwsTextract(settings: AwsTextractSettings): OutsideRecogniser {
  let client: Promise<TextractClient> | undefined;

  return {
    name: 'aws_textract',
    version: 'detect-document-text',
    centsPerThousandPages: 150,
    read: async ({ pages }, signal) => {
      client ??= openClient(settings);
      const { DetectDocumentTextCommand } = await import('@aws-sdk/client-textract');
      const read: RecognisedPage[] = [];
      for (const page of pages) {
        const command = new DetectDocumentTextCommand({ Document: { Bytes: page.jpeg } });
        const answer = await (await client).send(command, { abortSignal: signal }).catch(rethrow);
        read.push({ number: page.number, lines: textractLines(answer.Blocks ?? [], page) });
      }
      return read;
    },
  };
}

async function openClient({ region, endpoint, credentials }: AwsTextractSettings): Promise<TextractClient> {
  const { TextractClient } = await import('@aws-sdk/client-textract');
  // One attempt: what fails is tried elsewhere, and again when the whole step is.
  return new TextractClient({
    region,
    maxAttempts: 1,
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
  });
}

function rethrow(error: unknown): never {
  if (error instanceof Error && refusals.has(error.name))
    throw new Refusal(`Textract: ${error.name}`, { cause: error });
  throw error;
}
