import { ApiRefusal } from '#console/api/api.ts';
import { JsonText } from '#domain/canonical/json-text.ts';

/**
 * JSON that was typed into a field; what it holds is for the API to judge.
 * @param pointer where the field stands in the body
 * @throws ApiRefusal for a text that is no JSON, as the API says it of a body
 */
export function jsonTyped(text: string, pointer: string): unknown {
  const parsed = JsonText.safeParse(text);
  if (parsed.success) {
    return parsed.data;
  }
  throw new ApiRefusal({
    type: 'urn:mingchou:problem:json-invalid',
    title: '不是有效的 JSON Not JSON',
    status: 400,
    detail: '填写的内容不是有效的 JSON What was typed is not JSON.',
    errors: [{ pointer, detail: '请检查引号、逗号和括号 Check quotes, commas and brackets.' }],
  });
}
