; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; G16 to G18: on the name.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__iter__") (#scope? "class")
 (#set! card "iter-method"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__next__") (#scope? "class")
 (#set! card "next-method"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__getitem__") (#scope? "class")
 (#set! card "getitem-method"))

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

; G19: on the word and on the exception.
((raise_statement "raise" @range (_) @range) @target
 (#set! card "stop-iteration"))

; G11, G13, G35: on the words and on what is bound, not on the body.
((for_statement "for" @range left: (_) @range "in" @range) @target
 (#set! card "for-loop"))

; G33.
((call function: (_) @range) @target (#set! card "closing-call"))
; G36: on the word.
((lambda "lambda" @range) @target (#set! card "late-lambda"))
; G34.
((identifier) @target (#set! card "iterator-result"))
((attribute) @target (#set! card "iterator-result"))

; G14, G15, G22 to G24, G26 to G31: on what is called.
((call function: (_) @range) @target (#set! card "next-call"))
((call function: (_) @range) @target (#set! card "iter-call"))
((call function: (_) @range) @target (#set! card "range-call"))
((call function: (_) @range) @target (#set! card "lazy-call"))
((call function: (_) @range) @target (#set! card "tee-call"))
((call function: (_) @range) @target (#set! card "consume-call"))
; G20: on the name of the method.
((call function: (attribute attribute: (identifier) @range)) @target
 (#any-of? @range "send" "throw" "close")
 (#set! card "generator-method"))
; G25: on the word.
((comparison_operator ["in" "not in"] @range) @target
 (#set! card "in-iterator"))

; A35.
((identifier) @target
 (#set! card "shared-iterator"))
; G12: general, so last.
((identifier) @target
 (#set! card "iterator-variable"))
