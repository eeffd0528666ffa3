import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';
import { lifecycleRule } from '#lib/lifecycle/schema.ts';
import { selection } from '#lib/operations/schema.ts';
import { classChangePreview, costView, forecastMonth, monthlyUse, priceSheet } from './schema.ts';

export const getCostEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/cost',
  summary: 'What a library costs to keep, by class, folder, kind and age, as last measured',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ cost: costView.nullable(), prices: priceSheet, ownPrices: z.boolean() }),
});

export const measureCostEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/cost/measure',
  summary: 'Have the worker measure a library again',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ asked: z.boolean() }),
});

export const forecastCostEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/cost/forecast',
  summary:
    'Storage over the next twelve months, as it is and with other lifecycle rules, part by part; changes nothing',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, rules: z.array(lifecycleRule).max(200), cursor: z.string().optional() }),
  output: z.object({
    /** Of this part; add the parts. */
    asIs: z.array(forecastMonth),
    withRules: z.array(forecastMonth),
    /** ms since 1970: the moment of the forecast, the same for all parts. */
    now: z.number(),
    progress: z.number().min(0).max(1),
    nextCursor: z.string().nullable(),
  }),
});

export const setPricesEndpoint = defineEndpoint({
  method: 'PUT',
  path: '/admin/libraries/{library}/prices',
  summary: 'Replace the price sheet of a library’s store; null takes the one that ships',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, prices: priceSheet.nullable() }),
  output: z.object({ prices: priceSheet, ownPrices: z.boolean() }),
});

export const previewClassChangeEndpoint = defineEndpoint({
  method: 'POST',
  path: '/libraries/{library}/class-change/preview',
  summary: 'What bringing files into each storage class would cost, and which classes the store takes; changes nothing',
  permission: 'admin',
  input: z.object({ library: librarySlug, selection }),
  output: z.object({ preview: classChangePreview }),
});

export const setMonthlyUseEndpoint = defineEndpoint({
  method: 'PUT',
  path: '/admin/libraries/{library}/cost/use',
  summary: 'Say what is read from a library a month, for its cost; null says nothing',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, use: monthlyUse.nullable() }),
  output: z.object({ use: monthlyUse.nullable() }),
});
