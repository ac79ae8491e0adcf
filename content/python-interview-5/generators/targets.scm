; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; G01, G32: on the name of a generator function, and on its `def`.
((function_definition "def" @range name: (identifier) @range) @target
 (#set! card "generator-function"))

; G02, G03: on the word, not on what is handed out.
((yield "yield" @range "from" @range) @target
 (#set! card "yield-from"))
((yield "yield" @range) @target
 (#set! card "yield"))

; G04: on the word.
((return_statement "return" @range) @target
 (#set! card "generator-return"))

; G06 to G09: on the brackets and on the words of the clauses, not on what is computed.
([(list_comprehension ["[" "]"] @range)
  (set_comprehension ["{" "}"] @range)
  (dictionary_comprehension ["{" "}"] @range)] @target
 (#set! card "comprehension"))
([(list_comprehension (for_in_clause "for" @range left: (_) @range "in" @range))
  (set_comprehension (for_in_clause "for" @range left: (_) @range "in" @range))
  (dictionary_comprehension (for_in_clause "for" @range left: (_) @range "in" @range))
  (list_comprehension (if_clause "if" @range))
  (set_comprehension (if_clause "if" @range))
  (dictionary_comprehension (if_clause "if" @range))] @target
 (#set! card "comprehension"))
; G05, G10: likewise.
((generator_expression ["(" ")"] @range) @target
 (#set! card "generator-expression"))
([(generator_expression (for_in_clause "for" @range left: (_) @range "in" @range))
  (generator_expression (if_clause "if" @range))] @target
 (#set! card "generator-expression"))
