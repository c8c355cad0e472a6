import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anApi } from '../support/api.ts';

test('each documented path is served, with its parameters and its answer’s schema', async (t) => {
  const { api } = await anApi(t);

  const { paths, openapi } = (await api.inject('/api/openapi.json')).json();

  assert.equal(openapi, '3.1.0');
  assert.deepEqual(Object.keys(paths), [
    '/health',
    '/api/upload',
    '/api/tickets',
    '/api/tickets/{id}',
    '/api/tickets/{id}/file',
    '/api/tickets/{id}/invoice/{sha256}',
    '/api/channels',
    '/api/channels/{name}/qr.svg',
    ...['stop', 'start', 'unlink'].map((order) => `/api/channels/{name}/${order}`),
    ...['purchases', 'categories', 'purchases/{id}/category'].map((path) => `/api/accounting/${path}`),
    '/api/jobs',
    ...['run', 'pause', 'resume'].map((order) => `/api/jobs/{name}/${order}`),
    '/api/rules',
    '/api/rules/check',
    '/api/lessons',
    '/api/lessons/{ticketId}',
    '/api/next-shop',
    '/metrics',
  ]);
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods as object)) {
      const url = path.replace(/\{(\w+)\}/g, ':$1');
      assert.ok(api.hasRoute({ method: method.toUpperCase() as 'GET', url }), path); // an HTTP method in lower case
    }
  }
  assert.equal(paths['/api/tickets'].get.parameters[0].name, 'limit');
  const ticket = paths['/api/tickets/{id}'].get.responses['200'].content['application/json'].schema;
  assert.ok(ticket.required.includes('ticketId'));
});
