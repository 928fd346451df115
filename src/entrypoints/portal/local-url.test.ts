import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLocalUrl } from './local-url.ts';

test('an address of this machine is local, and no other', () => {
  for (const url of [
    'http://localhost',
    'http://LOCALHOST:3000/',
    'https://bills.localhost',
    'http://localhost.',
    'http://127.0.0.1:8080',
    'http://127.1',
    'http://[::1]:3000',
  ])
    assert.ok(isLocalUrl(url), url);
  for (const url of [
    'https://bills.example.com',
    'http://localhost.example.com',
    'http://notlocalhost',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://[::2]',
  ])
    assert.ok(!isLocalUrl(url), url);
});
