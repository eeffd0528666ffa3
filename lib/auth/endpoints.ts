import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { me } from './schema.ts';

export const getMeEndpoint = defineEndpoint({
  method: 'GET',
  path: '/me',
  summary: 'Who the caller is and what was granted',
  permission: 'signed-in',
  input: z.object({}),
  output: me,
});
