import type { SearchDocument } from '../port.js';

/** A document with something of everything that becomes a word, for the layout's hash. */
export const SAMPLE: SearchDocument = {
  goldenId: 'sample',
  version: 1,
  title: 'Ørnå WH-1000XM4/B Noise-Cancelling Headphones 15,6" 2.5 kg 1 TB S10+ Молоко חלב Café',
  brand: 'Ørnå & Sons',
  description: 'Blutooth 5.3, 24 MP; "two" 6 x 33cl',
  category: ['Electronics', 'Head-phones'],
  colour: 'black',
  condition: 'new',
  availability: 'in_stock',
  price: 279.99,
  currency: 'EUR',
  codes: ['WH-1000XM4', '04548736112001', 'A/1.2_3'],
  sources: ['alpha', 'beta'],
  attributes: { interface: 'USB 3.2', modes: ['a', 'b2'], wireless: true, depth: 12 },
  updatedAt: '2024-01-01T00:00:00.000Z',
};
