// as found on many pages
var timeline_data = {
  'dateTimeFormat': 'iso8601',
  'wikiURL': "http://example.org/wiki/",
  'events': [
    {'start': '1916-02-21', 'end': '1916-12-18', 'title': 'Lasted', 'description': 'It <b>lasted</b>.', 'image': 'v.jpg'},
    {'start': '1916-02-21', 'end': '1916-02-25', 'title': 'Instant', durationEvent: false},
    {'start': '1916-02-21', 'end': '1916-02-25', 'title': 'Duration by its word', isDuration: true},
    {s: '1909-03-15T00:00:00+0000', t: 'Short names', eid: 'x1', tapeImage: 'blue.png'},
    {start: '1917-11-07T21:40:00+02:00', title: 'With a zone'},
    {start: new Date(1918, 10, 11), title: 'As code', trackNum: 2},
    {start: '11/9/1989', title: 'The month first'},
    {start: '1990', end: '1991T', title: 'No such end'},
    ['not an event'],
  ]
};
