// Shared by the other scripts of the page. Texts become text nodes only: no answer can become markup.
const language = document.documentElement.lang;
const byId = id => document.getElementById(id);

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'click') node.addEventListener('click', value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return node;
}

/** The questions and answers: JSON, or JSON deflated and in base64 when that is smaller. */
async function load() {
  const script = byId('data');
  if (script.dataset.encoding !== 'deflate') return JSON.parse(script.textContent);
  const binary = atob(script.textContent.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

const decimals = new Map();
function number(value, digits) {
  if (!decimals.has(digits)) {
    decimals.set(digits, new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return decimals.get(digits).format(value);
}
const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });

/** A value in the unit of its metric, as people read it. */
function figure(value, unit) {
  if (unit === '') return number(value, 2);
  if (unit === 's') return value >= 1 ? number(value, 2) + ' s' : value >= .001 ? number(value * 1e3, 0) + ' ms' : number(value * 1e6, 0) + ' µs';
  return short.format(value) + ' ' + unit;
}

/** Lower case without accents: how words are compared and searched. */
const plain = text => text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '');

/** Unknown is last, whichever way a table is sorted. */
const collator = new Intl.Collator(language, { numeric: true });
function compare(a, b, down) {
  const noA = a === '' || Number.isNaN(a), noB = b === '' || Number.isNaN(b);
  if (noA || noB) return noA - noB;
  const order = typeof a === 'number' ? a - b : collator.compare(a, b);
  return down ? -order : order;
}

/** Makes the head cells of a table buttons that sort; `sort` is told the column and the direction. */
function sortableHead(cells, sort) {
  cells.forEach((cell, column) => {
    const button = el('button', { type: 'button' }, ...cell.childNodes);
    cell.append(button);
    cell.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      const down = cell.getAttribute('aria-sort') === 'ascending';
      showSorted(cells, column, down);
      sort(column, down);
    });
  });
}

function showSorted(cells, column, down) {
  cells.forEach((cell, i) => cell.setAttribute('aria-sort', i !== column ? 'none' : down ? 'descending' : 'ascending'));
}

/** The tables that are on the page from the start. */
function sortableTables() {
  for (const table of document.querySelectorAll('table.sortable')) {
    const body = table.tBodies[0];
    sortableHead([...table.tHead.rows[0].cells], (column, down) => {
      const rows = [...body.rows].map(row => [row, key(row.cells[column])]);
      rows.sort((a, b) => compare(a[1], b[1], down));
      body.append(...rows.map(row => row[0]));
    });
  }
}

/** data-v is the number behind a cell, empty when unknown. */
function key(cell) {
  if (cell.dataset.v === undefined) return cell.textContent.trim();
  return cell.dataset.v === '' ? NaN : Number(cell.dataset.v);
}
