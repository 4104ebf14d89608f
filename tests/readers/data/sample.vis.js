// note that months are zero-based
var items = new vis.DataSet([
  {start: new Date(2010, 7, 23), content: 'Conversation', id: 7},
  {start: new Date(2010, 7, 23, 23, 0, 0), end: new Date(2010, 7, 24), content: "Mail"},
  {start: new Date(2001, 9), content: "Month alone"},
]);
var groups = [];
