-- The next items of an operation are read in the order of their keys, a hundred at a time: each time a step of an index, and no sort of all that is left.
CREATE INDEX "OperationItem_operationId_state_position_idx" ON "OperationItem"("operationId", "state", "position");
-- It serves what this one did.
DROP INDEX "OperationItem_operationId_state_idx";
