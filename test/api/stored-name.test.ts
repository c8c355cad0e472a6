import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { storedName } from '../../src/api/stored-name.ts';

const metadata = {
  numerosorteo: 'A',
  fechasorteo: '20250711',
  idWhatsapp: '123456@lid',
  nombre: 'Juan',
  horamin: '14-30',
};

test('the stored name is made of the metadata as seed 4 writes it', () => {
  assert.equal(storedName('image.png', metadata, 0), '20250711-A--123456@lid_Juan_14-30.png');
});

test('later files of one request are told apart', () => {
  assert.equal(storedName('otra.JPG', metadata, 2), '20250711-A--123456@lid_Juan_14-30-3.jpg');
});

test('what is missing leaves no separators behind', () => {
  assert.equal(storedName('a.png', { fechasorteo: '20250711' }, 0), '20250711.png');
  assert.equal(storedName('a.png', { nombre: 'Juan', horamin: '14-30' }, 0), 'Juan_14-30.png');
  assert.equal(storedName('recibo ñandú.png', {}, 0), 'recibo ñandú.png');
});

test('a name of dots and spaces alone hides nothing', () => {
  assert.equal(storedName(' .', {}, 0), 'documento');
});

test('no input makes a name that leads out of its folder or hides itself', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.constantFrom('../', '..\\', '/etc/', '\0'),
      (name, nombre, evil) => {
        const stored = storedName(evil + name, { nombre: evil + nombre, fechasorteo: evil }, 0);

        assert.doesNotMatch(stored, /[/\\\p{C}]|^\./u);
        assert.notEqual(stored, '');
      },
    ),
  );
});
