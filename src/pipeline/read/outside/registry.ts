import { createAwsTextract } from './aws-textract.ts';
import { createGoogleVision } from './google-vision.ts';
import type { AwsTextractSettings, GoogleVisionSettings, OutsideName, OutsideRecogniser } from './recogniser.ts';

export type OutsideSettings = {
  readonly googleVision: GoogleVisionSettings | null;
  readonly awsTextract: AwsTextractSettings | null;
  /** The intelligence service's client, where one is configured. */
  readonly remote: OutsideRecogniser | null;
};

/** One line a provider: the name used in the configuration, and how it is opened; null where its settings are missing. */
export const outsideRegistry: Readonly<Record<OutsideName, (settings: OutsideSettings) => OutsideRecogniser | null>> = {
  google_vision: ({ googleVision }) => googleVision && createGoogleVision(googleVision),
  aws_textract: ({ awsTextract }) => awsTextract && createAwsTextract(awsTextract),
  remote: ({ remote }) => remote,
};
