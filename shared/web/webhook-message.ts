import { secretsAt, type Source } from '#domain/source/source.ts';
import { TriggerReport } from '#domain/trigger/trigger.ts';
import { bodyText, parseJson, requireMediaType, type HttpRequest } from './request.ts';
import { verifiedMessageId } from './webhook-signature.ts';

/** A report with links to its evidence is far smaller; the evidence itself does not come this way. */
const MAX_BODY_BYTES = 256 * 1024;

/** What is looked at of a message before its source is known. @throws Refusal `media-type-unsupported`, `body-too-large`, `encoding-invalid` */
export function messageText(request: HttpRequest): string {
  requireMediaType(request, ['application/json']);
  return bodyText(request, MAX_BODY_BYTES);
}

/** The id of a message that its source has signed. @throws as `verifiedMessageId` */
export function provenId({ headers, at }: HttpRequest, text: string, source: Source): string {
  return verifiedMessageId(headers, text, secretsAt(source, at), at);
}

/** What a proven message reports. @throws Refusal `json-invalid`, `body-invalid` */
export function reportIn(text: string): TriggerReport {
  return parseJson(text, TriggerReport);
}
