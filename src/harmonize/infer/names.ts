import { foldText } from '../normalisers/index.js';
import type { Role } from './roles.js';

/** Column name → words: "ManufacturerPartNumber", "manufacturer_part-number" → "manufacturer part number". */
export function nameWords(name: string): string {
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  return foldText(spaced)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Names that mean a role by themselves, in the languages of the feeds; folded. */
const EXACT: readonly (readonly [Role, string])[] = [
  [
    'label',
    'label|labels|match|is match|cluster|cluster id|clusterid|entity id|entityid|gold|gold id|golden id|true id|truth|ground truth|duplicate of|group id|product cluster',
  ],
  [
    'id',
    'id|key|record id|rec id|recordid|row id|source id|item id|itemid|product id|productid|offer id|article id|listing id|pid|asin|uid|uuid|guid|sku',
  ],
  [
    'title',
    'title|name|product name|productname|product title|item name|item title|product|item|page title|heading|headline|titel|bezeichnung|artikelbezeichnung|produktname|nom|nom du produit|titre|libelle|designation|nombre|titulo|nombre del producto|nome|titolo|naam|productnaam|nazwa|nazev|namn|наименование|название|товар|имя|назва|שם|שם מוצר|שם פריט|תאור פריט|itemname|ονομα|τιτλος|名称|商品名',
  ],
  [
    'brand',
    'brand|brand name|brandname|manufacturer|manufacturer name|maker|made by|vendor|marke|hersteller|marque|fabricant|marca|fabricante|produttore|merk|fabrikant|marka|producent|znacka|varumarke|бренд|марка|производитель|виробник|מותג|יצרן|μαρκα|κατασκευαστης|ブランド|品牌|studio|developer|publisher',
  ],
  [
    'model',
    'model|model name|model number|model no|modelno|model nr|modell|modelle|modele|modelo|modello|модель|דגם|μοντελο|型号|style number|style',
  ],
  [
    'mpn',
    'mpn|part number|partnumber|part no|part num|pn|p n|manufacturer part number|manufacturer part no|mfr part number|mfg part number|mfr part no|manufacturer stock number|oem number|oem|herstellernummer|teilenummer|artikelnummer|reference|ref|referencia|referenza|артикул|מקט|manufacturer code|product code',
  ],
  [
    'gtin',
    'gtin|gtin8|gtin12|gtin13|gtin14|ean|ean13|ean 13|ean8|ean code|upc|upc a|upc code|upca|barcode|bar code|isbn|isbn10|isbn13|isbn 13|jan|itemcode|strichcode|code barre|code barres|codigo de barras|codice a barre|streepjescode|штрихкод|штрих код|ברקוד|קוד פריט|barcodes|gtins|eans',
  ],
  [
    'price',
    'price|sale price|current price|list price|retail price|unit price|offer price|our price|price amount|amount|price eur|price usd|price gbp|price ils|itemprice|msrp|preis|verkaufspreis|prix|precio|prezzo|prijs|preco|cena|pris|цена|ціна|מחיר|τιμη|価格|价格|selling price|cost',
  ],
  ['currency', 'currency|currency code|price currency|pricecurrency|wahrung|devise|moneda|valuta|waluta|валюта|מטבע'],
  [
    'description',
    'description|desc|product description|long description|short description|item description|details|summary|text|body|about|features|specification|specifications|beschreibung|produktbeschreibung|descriptif|descripcion|descrizione|omschrijving|beschrijving|descricao|opis|popis|beskrivning|описание|опис|תיאור|תאור|περιγραφη|manufactureritemdescription',
  ],
  [
    'category',
    'category|categories|category name|category path|product category|product type|google product category|type|department|breadcrumb|breadcrumbs|taxonomy|genre|group|kategorie|warengruppe|categorie|categoria|kategoria|kategori|категория|категорія|קטגוריה|κατηγορια|sub category|subcategory',
  ],
  ['colour', 'colour|color|colours|colors|farbe|couleur|colore|kleur|cor|kolor|farve|farg|цвет|колір|צבע|χρωμα'],
  [
    'size',
    'size|sizes|grosse|taille|talla|tamano|taglia|maat|tamanho|rozmiar|storlek|размер|розмір|מידה|גודל|shoe size',
  ],
  [
    'weight',
    'weight|net weight|gross weight|item weight|shipping weight|gewicht|poids|peso|waga|hmotnost|vikt|вес|вага|משקל|βαρος',
  ],
  [
    'quantity',
    'quantity|qty|pack size|packsize|net content|net contents|contents|content|volume|unit quantity|pack|pack count|count|units|menge|inhalt|contenu|contenido|cantidad|contenuto|inhoud|ilosc|количество|объем|כמות|תכולה|ποσοτητα',
  ],
  [
    'condition',
    'condition|item condition|itemcondition|product condition|zustand|etat|estado|condizione|staat|stan|состояние|מצב',
  ],
  [
    'availability',
    'availability|available|in stock|instock|stock|stock status|stock level|inventory|verfugbarkeit|lagerbestand|disponibilite|disponibilidad|disponibilita|beschikbaarheid|dostepnosc|наличие|זמינות|מלאי',
  ],
  [
    'image',
    'image|images|image url|imageurl|image link|picture|picture url|photo|photos|thumbnail|img|bild|bilder|foto|immagine|afbeelding|изображение|תמונה|additional image link',
  ],
  [
    'url',
    'url|link|product url|producturl|page url|deeplink|deep link|href|permalink|web|website|product link|lien|enlace|ссылка|קישור',
  ],
];

const names = new Map<string, Role>();
for (const [role, words] of EXACT) for (const word of words.split('|')) names.set(foldText(word), role);

/** Words that tell a role inside a longer name, the more telling first. */
const WORDS: readonly (readonly [Role, RegExp])[] = [
  ['label', /\b(?:label|cluster|ground truth)\b/],
  ['gtin', /\b(?:gtin|ean|upc|isbn|barcode)\d*\b/],
  ['image', /\b(?:image|images|picture|photo|thumbnail)\b/],
  ['mpn', /\b(?:mpn|part (?:number|no|num))\b/],
  ['url', /\b(?:url|link|href)\b/],
  ['currency', /\bcurrency\b/],
  ['price', /\b(?:price|preis|prix|precio|prezzo|msrp)\b/],
  ['description', /\b(?:description|beschreibung|descripcion)\b/],
  ['category', /\b(?:category|categories|kategorie|breadcrumb)\b/],
  ['brand', /\b(?:brand|manufacturer|marke|hersteller)\b/],
  ['colour', /\b(?:colou?r|farbe|couleur)\b/],
  ['weight', /\b(?:weight|gewicht)\b/],
  ['title', /\b(?:title|product name|item name)\b/],
  ['model', /\bmodel\b/],
  ['availability', /\b(?:availability|stock)\b/],
  ['condition', /\bcondition\b/],
  ['id', /\b(?:id|sku|ref)$/],
];

/** The role that a column's name says, and how surely (0..1); undefined when it says none. */
export function roleOfName(name: string): { role: Role; confidence: number } | undefined {
  const words = nameWords(name);
  const exact = names.get(words) ?? names.get(words.replaceAll(' ', ''));
  if (exact !== undefined) return { role: exact, confidence: 0.9 };
  const inside = WORDS.find(([, pattern]) => pattern.test(words));
  return inside === undefined ? undefined : { role: inside[0], confidence: 0.6 };
}

/** Among columns of one role by name, the plainer name goes first: "title" before "page title", "name" before "product". */
export function namePreference(name: string): number {
  const words = nameWords(name);
  const order = [
    'title',
    'name',
    'product name',
    'product title',
    'price',
    'sale price',
    'brand',
    'manufacturer',
    'id',
    'model',
    'mpn',
    'description',
    'category',
  ];
  const at = order.indexOf(words);
  return at < 0 ? order.length + words.split(' ').length : at;
}
